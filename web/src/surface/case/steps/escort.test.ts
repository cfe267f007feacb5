import { afterEach, describe, expect, test, vi } from 'vitest';
import { askForWalk, bodyOf } from './escort';

afterEach(() => vi.unstubAllGlobals());

describe('a walk asked for from a case', () => {
  test('carries a place, a time and a code word, and nothing else', () => {
    expect(bodyOf({ place: 'p1', at: 1_800_000_000_000, codeWord: ' 파란 우산 ' })).toEqual({ meeting_place: 'p1', wanted_at: 1_800_000_000_000, first_name: '파란 우산', people: 1, language: expect.stringMatching(/^(ko|en)$/) as string });
    expect(Object.keys(bodyOf({ place: 'p1', at: null, codeWord: '  ' })).sort()).toEqual(['language', 'meeting_place', 'people']);
  });

  test('goes without a cookie and without the address it comes from, once for one key', async () => {
    const asked: [string, RequestInit][] = [];
    vi.stubGlobal('fetch', (path: string, how: RequestInit) => {
      asked.push([path, how]);
      return Promise.resolve(new Response('{"request":{"stage":"sent"}}', { status: 201 }));
    });
    await askForWalk({ place: 'p1', at: null, codeWord: '우산' }, 'key-1');
    expect(asked).toHaveLength(1);
    const [path, how] = asked[0]!;
    expect(path).toBe('/api/escort/requests');
    expect(how).toMatchObject({ method: 'POST', credentials: 'omit', referrerPolicy: 'no-referrer', headers: { 'Idempotency-Key': 'key-1' } });
    expect(Object.keys(how.headers as object)).not.toContain('Authorization');
  });
});
