import { describe, expect, test } from 'vitest';
import { readContent } from '../onestop/content';
import { browserChance as chance } from '../seal/chance';
import { FILE_CONTENT_BYTES_MAX } from '../seal/file';
import { newFile } from './entry';
import { FILE_BYTES_MAX, listBytes, pieces, readList } from './list';
import { withFiles, withoutPiece } from './write';

const file = (name: string, strippedOf?: string) => newFile({ name, size: 3, mime: 'image/png', sha256: chance(32), now: 1_795_000_123_456, ...(strippedOf ? { strippedOf } : {}) }, chance);

describe('a list of files', () => {
  test('is written and read the same, and keeps the hour only', () => {
    const [photo, film] = [file('사진.png'), file('../film\u202e.mp4')];
    const copy = file('사진.png', photo.id);
    const list = { files: [photo, copy, film], others: [] };
    expect(readList(readContent(listBytes(list)))).toEqual(list);
    expect(photo.added_at! % 3_600_000).toBe(0);
    expect(pieces(list)).toEqual([{ original: photo, stripped: copy }, { original: film, stripped: null }]);
  });

  test('leaves out what is no file, and writes it again as it was', () => {
    const good = file('a');
    const bad = [null, 7, {}, { ...good, key: 'AAAA' }, { ...good, size: -1 }, { ...good, size: 2 ** 40 }, { ...good, mime: 'text/html; x' }, { ...good, name: 5 }, { ...good, id: '../..' }];
    const read = readList({ files: [...bad, good, good] });
    expect(read.files).toEqual([good]);
    expect(read.others).toEqual(bad);
    expect(JSON.parse(new TextDecoder().decode(listBytes(read))).files).toEqual([good, ...bad]);
    expect(readList(null)).toEqual({ files: [], others: [] });
    expect(readList({ files: 'x' })).toEqual({ files: [], others: [] });
  });

  test('grows by number and loses an original with its copy', () => {
    const [one, two] = [file('1'), file('2')];
    const copy = file('1', one.id);
    const list = withFiles(withFiles({ files: [], others: [1] }, [one, copy]), [two, one]);
    expect(list.files.map(({ id }) => id).sort()).toEqual([one, copy, two].map(({ id }) => id).sort());
    expect(withoutPiece(list, one.id)).toEqual({ files: [two], others: [1] });
  });

  test('has the seal’s longest file, and cuts a name that is no name', () => {
    expect(FILE_BYTES_MAX).toBe(FILE_CONTENT_BYTES_MAX);
    expect([...file('🙂'.repeat(5_000)).name].length).toBe(1_000);
  });
});
