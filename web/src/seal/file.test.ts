import { describe, expect, test, vi } from 'vitest';
import { browserChance } from './chance';
import { close } from './cipher';
import { closeBlob, closePart, closeStream, FILE_CONTENT_BYTES_MAX, Layout, openFile, openPart, PART_BYTES, unpadFile, type FilePlace } from './file';
import { join, label, Writer, type Bytes } from './form';
import { Refusal } from './refusal';
import { flipped } from './spoilt';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const place: FilePlace = { key: browserChance(32), caseId: browserChance(16), file: browserChance(16) };
const film = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 11)) & 0xff);
const closed = async (content: Uint8Array, at = place) => {
  const parts: Bytes[] = [];
  for await (const part of closeBlob(at, new Blob([Uint8Array.from(content)]))) parts.push(part);
  return parts;
};
const opened = async (parts: readonly Uint8Array[], at = place) =>
  new Uint8Array(await (await openFile(at, { count: parts.length, part: async (part) => parts[part]! })).arrayBuffer());
const code = async (act: Promise<unknown>) => {
  const error = await act.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Refusal);
  return (error as Refusal).code;
};

describe('a file', () => {
  test('is padded so that its length says little', () => {
    const laid = (length: number) => [new Layout(length).padded, new Layout(length).parts];
    expect([0, 1, 65_528].map((length) => new Layout(length).padded)).toEqual([65_536, 65_536, 65_536]);
    expect(laid(65_529)).toEqual([67_584, 1]);
    expect(laid(PART_BYTES - 8)).toEqual([PART_BYTES, 1]);
    expect(laid(PART_BYTES - 7)).toEqual([PART_BYTES + 32_768, 2]);
    expect(laid(FILE_CONTENT_BYTES_MAX)).toEqual([528 * PART_BYTES, 528]);
    for (const length of [FILE_CONTENT_BYTES_MAX + 1, -1, 0.5]) expect(() => new Layout(length)).toThrow('too_long');
    for (let length = 1; length < FILE_CONTENT_BYTES_MAX; length = length * 3 + 1) {
      const { padded } = new Layout(length);
      expect(padded).toBeGreaterThanOrEqual(length + 8);
      if (length > 65_536) expect(padded).toBeLessThan((length + 8) * 1.12);
    }
  });

  test.each([0, 1, 65_528, PART_BYTES - 8, PART_BYTES - 7, 2 * PART_BYTES, 3 * PART_BYTES + 77])('of %i bytes comes back whole', async (length) => {
    const content = film(length);
    const parts = await closed(content);
    expect(parts.length).toBe(new Layout(length).parts);
    expect(Buffer.compare(await opened(parts), content)).toBe(0);
  });

  test('can be closed part by part in any order, again, with the same bytes', async () => {
    const content = new Blob([film(2 * PART_BYTES + 5)]);
    const parts = await closed(new Uint8Array(await content.arrayBuffer()));
    for (const part of [2, 0, 1, 0]) expect(Buffer.compare(await closePart(place, content, part), parts[part]!)).toBe(0);
    expect(await code(closePart(place, content, 3))).toBe('part_broken');
  });

  test('is closed from a stream as from a blob, whatever pieces it comes in', async () => {
    const content = film(2 * PART_BYTES + 5);
    const parts = await closed(content);
    for (const piece of [70_001, PART_BYTES, 3 * PART_BYTES]) {
      let at = 0;
      const stream = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          if (at >= content.length) return controller.close();
          controller.enqueue(content.subarray(at, (at += piece)));
        },
      });
      let part = 0;
      for await (const one of closeStream(place, stream, content.length)) expect(Buffer.compare(one, parts[part++]!)).toBe(0);
      expect(part).toBe(parts.length);
    }
  });

  test('from a stream of another length is refused', async () => {
    const all = async (length: number) => {
      for await (const _part of closeStream(place, new Blob([film(100)]).stream(), length));
    };
    for (const length of [99, 101, 0]) expect(await code(all(length))).toBe('part_broken');
    expect(await code(all(FILE_CONTENT_BYTES_MAX + 1))).toBe('too_long');
  });

  test('with a part missing, exchanged, repeated or cut is refused', async () => {
    const [one, two, three] = (await closed(film(2 * PART_BYTES + 5))) as [Bytes, Bytes, Bytes];
    const wrong = [[one, two], [two, three], [one, three, two], [one, one, three], [one, two, three.slice(1)], [one, two, three, three], [], [one.slice(0, 10), two, three]];
    for (const parts of wrong) expect(await code(opened(parts))).toBe('part_broken');
    for (const other of [{ key: browserChance(32) }, { caseId: browserChance(16) }, { file: browserChance(16) }]) {
      expect(await code(opened([one, two, three], { ...place, ...other }))).toBe('part_broken');
    }
  });

  test('changed by a bit is refused', async () => {
    const [only] = (await closed(film(10))) as [Bytes];
    for (const wrong of flipped(only, 60)) expect(await code(opened([wrong]))).toBe('part_broken');
  });

  test('of which a part is changed is refused for that, whatever the parts before it hold', async () => {
    const short = (number: number, content: Uint8Array) => close(place.key, new Writer().u8(number).raw(new Uint8Array(3)).u64(BigInt(number)).bytes(), bound, content);
    const bound = new Writer().raw(label('file')).raw(place.caseId).raw(place.file).u64(2n).bytes();
    const parts = [await short(0, new Uint8Array(8)), await short(1, new Uint8Array(5))] as const;
    expect(await code(opened(parts))).toBe('padding_broken');
    for (const wrong of flipped(parts[1], 20)) expect(await code(opened([parts[0], wrong]))).toBe('part_broken');
  });

  test('padded in any other way is broken', async () => {
    const [only] = (await closed(film(10))) as [Bytes];
    const padded = await openPart(place, only, 0, 1);
    expect(unpadFile(padded)).toEqual(film(10));
    const inContent = (wrong: Uint8Array) => film(10).some((byte, at) => wrong[8 + at] !== byte);
    for (const wrong of flipped(padded, 600)) if (!inContent(wrong)) expect(() => unpadFile(wrong)).toThrow('padding_broken');
    for (const wrong of [padded.slice(1), padded.slice(0, 5), new Uint8Array(), join(padded, new Uint8Array(2048))]) {
      expect(() => unpadFile(wrong)).toThrow('padding_broken');
    }
  });
});
