import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { styled } from './style';

interface Layer { source?: string; 'source-layer'?: string }

test('every layer the map draws is one the tiles hold', () => {
  const tiles = readFileSync('../crates/shell/atlas/src/tiles.rs', 'utf8');
  const held = new Set([...tiles.matchAll(/^\/\/! \| `([a-z]+)` \|/gm)].map((found) => found[1]));
  const drawn = (styled('night') as { layers: Layer[] }).layers
    .filter((layer) => layer.source === 'base')
    .map((layer) => layer['source-layer']);
  expect(drawn.length).toBeGreaterThan(4);
  expect(drawn.filter((name) => !held.has(name ?? ''))).toEqual([]);
});
