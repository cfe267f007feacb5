import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { grouped, styled, type Marked } from './style';

interface Layer { source?: string; 'source-layer'?: string }

test('every layer the map draws is one the tiles hold', () => {
  const tiles = readFileSync('../crates/shell/atlas/src/tiles.rs', 'utf8');
  const held = new Set([...tiles.matchAll(/^\/\/! \| `([a-z]+)` \|/gm)].map((found) => found[1]));
  const drawn = (styled('night', 'ko') as { layers: Layer[] }).layers
    .filter((layer) => layer.source === 'base')
    .map((layer) => layer['source-layer']);
  expect(drawn.length).toBeGreaterThan(4);
  expect(drawn.filter((name) => !held.has(name ?? ''))).toEqual([]);
});

test('teams that wait at one place are one mark with all their signs', () => {
  const team = (name: string, lat: number): Marked => ({ at: { lat, lon: 126.93 }, kind: 'team', name });
  const marks = grouped([team('04 · 25 s', 37.48), team('07 · 3 s', 37.48001), team('11 · 8 s', 37.49)]);
  expect(marks.map((mark) => mark.name)).toEqual(['04, 07', '11 · 8 s']);
});
