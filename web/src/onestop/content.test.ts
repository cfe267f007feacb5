import { describe, expect, test } from 'vitest';
import { columnsOf, INCIDENT, MESSAGE, readContent, shown, textOf, writeContent } from './content';

describe('content', () => {
  test('comes back as it was written, whatever letters it has', () => {
    for (const happened of ['밤에 골목에서', 'a\u0000b', '\ud800 alone', '<script>alert(1)</script>', '=HYPERLINK("x")', 'e\u0301 and \u00e9', '가'.repeat(3_900)]) {
      expect(textOf(readContent(writeContent(INCIDENT, { happened })), 'happened')).toBe(happened);
    }
  });

  test('is nothing where the compartment is empty, and text where it is no JSON', () => {
    expect(readContent(new Uint8Array())).toBeNull();
    for (const text of ['not json', '[1,2]', '"x"', 'null', '{"a":']) expect(Object.keys(readContent(new TextEncoder().encode(text)) ?? {})).toEqual(['text']);
    expect(readContent(Uint8Array.of(0xff, 0xfe))).toHaveProperty('text');
  });

  test('keeps fields it does not know, and shows them', () => {
    const read = readContent(new TextEncoder().encode('{"v":2,"happened":"x","later":{"a":1},"many":["b",2],"none":null}'));
    expect(Object.keys(read ?? {})).toEqual(['happened', 'later', 'many', 'none']);
    expect([read?.['later'], read?.['many'], read?.['none'], 3, true].map(shown)).toEqual(['{"a":1}', 'b, 2', '', '3', 'true']);
    expect(textOf(read, 'later')).toBe('');
    expect(textOf(readContent(writeContent(MESSAGE, { from: 'herself', text: 'y' })), 'text')).toBe('y');
  });

  test('names columns only as far as they are columns', () => {
    const fine = { column: 3, reader: 'herself', compartments: [1, 3] };
    const columns = [fine, null, 7, { column: 8, reader: 'x', compartments: [] }, { column: 1 }, { column: 1.5, reader: 'x', compartments: [] }, { column: 2, reader: 'x', compartments: ['a', 4] }];
    expect(columnsOf({ columns })).toEqual([fine, { column: 2, reader: 'x', compartments: [4] }]);
    expect(columnsOf(null)).toEqual([]);
    expect(columnsOf({ columns: 'x' })).toEqual([]);
  });
});
