import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LOOKS, MUTE_MILLIS, PRIORITIES, priorityOf, SOUNDS, sounding, type Item } from './priority';

const css = readFileSync('src/kernel/base.css', 'utf8');
const catalogue = (language: string) => readFileSync(`../lang/${language}/desk.ftl`, 'utf8');

function token(theme: 'night' | 'day', name: string): [number, number, number] {
  const block = css.slice(css.indexOf(`data-theme='${theme}'`));
  const found = new RegExp(`${name}: #([0-9a-f]{6});`).exec(block);
  if (!found?.[1]) throw new Error(`${theme} has no ${name}`);
  const value = parseInt(found[1], 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

const linear = (channel: number): number => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4);
type Light = [number, number, number];
const light = (color: readonly number[]): Light => color.map(linear) as Light;
const luminance = ([r, g, b]: Light): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
/** WCAG 2.2 contrast. */
function contrast(a: Light, b: Light): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** What eyes without one kind of cone see (Machado, Oliveira and Fernandes 2009, severity 1). */
const EYES: Record<string, number[][]> = {
  usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
const seen = (eyes: string, color: Light): Light => (EYES[eyes] ?? []).map((row) => Math.min(1, Math.max(0, row.reduce((sum, part, at) => sum + part * (color[at] ?? 0), 0)))) as Light;

/** CIE 1976 difference of two colors under D65: 2.3 is just noticeable. */
function difference(a: Light, b: Light): number {
  const lab = ([r, g, b_]: Light): Light => {
    const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
    const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b_) / 0.9505);
    const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b_);
    const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b_) / 1.089);
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  };
  const [p, q] = [lab(a), lab(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

test('no two priorities share a shape, a word or a tone', () => {
  const shapes = PRIORITIES.map((one) => `${LOOKS[one].path} ${LOOKS[one].filled}`);
  expect(new Set(shapes).size).toBe(PRIORITIES.length);
  const sounds = Object.values(SOUNDS);
  expect(new Set(sounds.map((one) => one.notes.length)).size).toBe(sounds.length);
  expect(new Set(sounds.map((one) => one.every_ms)).size).toBe(sounds.length);
  for (const language of ['ko', 'en']) {
    const words = PRIORITIES.map((one) => new RegExp(`^${LOOKS[one].word} = (.+)$`, 'm').exec(catalogue(language))?.[1]);
    expect(words.every(Boolean), language).toBe(true);
    expect(new Set(words).size, language).toBe(PRIORITIES.length);
  }
});

test('every shape stands out from what is behind it, day and night', () => {
  for (const theme of ['night', 'day'] as const) {
    for (const one of PRIORITIES) {
      for (const ground of ['--ground', '--raised']) {
        // Non-text contrast of WCAG 2.2 (1.4.11).
        expect(contrast(light(token(theme, LOOKS[one].color)), light(token(theme, ground))), `${one} on ${ground} by ${theme}`).toBeGreaterThanOrEqual(3);
      }
    }
    for (const ground of ['--ground', '--raised']) {
      for (const text of ['--text', '--quiet', '--lamp', '--overdue']) {
        expect(contrast(light(token(theme, text)), light(token(theme, ground))), `${text} on ${ground} by ${theme}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    expect(contrast(light(token(theme, '--on-alarm')), light(token(theme, '--alarm')))).toBeGreaterThanOrEqual(4.5);
  }
});

test('eyes that lack a cone still tell the urgent colors apart', () => {
  const urgent = PRIORITIES.filter((one) => one !== 'calm');
  for (const theme of ['night', 'day'] as const) {
    for (const eyes of Object.keys(EYES)) {
      for (const a of urgent) {
        for (const b of urgent.slice(urgent.indexOf(a) + 1)) {
          const [first, second] = [a, b].map((one) => seen(eyes, light(token(theme, LOOKS[one].color)))) as [Light, Light];
          expect(difference(first, second), `${a} and ${b}, ${eyes}, ${theme}`).toBeGreaterThan(10);
        }
      }
    }
  }
});

const alarm = (id: string, seen_at: number | null): Item => ({ kind: 'alarm', id, alarm: { seen_at } as never });
const walk = (id: string, urgency: number): Item => ({ kind: 'walk', id, walk: { urgency } as never });

test('what nobody has taken in hand sounds, the worst first', () => {
  const items = [walk('late', 1), alarm('seen', 5), walk('calm', 4), walk('new', 0), alarm('unseen', null), walk('waits', 2)];
  expect(sounding(items, {}, 0).map((item) => item.id)).toEqual(['unseen', 'new', 'late']);
  expect(priorityOf(walk('new', 0))).toBe('unseen');
  expect(priorityOf(walk('late', 1))).toBe('overdue');
});

test('a mute is for one item, and after a minute it sounds again', () => {
  const items = [alarm('a', null), alarm('b', null)];
  const muted = { a: 1000 + MUTE_MILLIS };
  expect(sounding(items, muted, 1000).map((item) => item.id)).toEqual(['b']);
  expect(sounding(items, muted, 1000 + MUTE_MILLIS - 1).map((item) => item.id)).toEqual(['b']);
  expect(sounding(items, muted, 1000 + MUTE_MILLIS).map((item) => item.id)).toEqual(['a', 'b']);
});
