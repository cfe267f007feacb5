import { expect, test } from 'vitest';
import { splitter, type ServerEvent } from './feed';

function read(...parts: string[]): ServerEvent[] {
  const events: ServerEvent[] = [];
  const take = splitter((event) => events.push(event));
  for (const part of parts) take(part);
  return events;
}

test('events are told apart by empty lines and keep their number', () => {
  expect(read('id: 7\ndata: {"a":1}\n\nid: 8\ndata: {"a":2}\n\n')).toEqual([
    { id: '7', data: '{"a":1}' },
    { id: '8', data: '{"a":2}' },
  ]);
});

test('an event may arrive in pieces of any size', () => {
  const text = 'id: 7\r\ndata: one\r\ndata: two\r\n\r\n: still here\r\n\r\ndata: three\r\n\r\n';
  const whole = read(text);
  for (let size = 1; size < 9; size += 1) {
    const parts = Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size));
    expect(read(...parts)).toEqual(whole);
  }
  expect(whole).toEqual([{ id: '7', data: 'one\ntwo' }, { id: '7', data: 'three' }]);
});

test('a comment is not an event', () => {
  expect(read(': keep-alive\n\n')).toEqual([]);
});

test('the word that a feed is over arrives by its name', () => {
  expect(read('event: over\ndata: {}\n\ndata: {}\n\n')).toEqual([{ name: 'over', data: '{}' }, { data: '{}' }]);
});
