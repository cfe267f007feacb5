// The base map's look, night and day, over the tiles Waylight cuts itself. No glyphs are fetched:
// labels are drawn with the letters of the page.

import type { Theme } from '../kernel/theme.svelte';
import type { LatLon } from '../wire';

export interface Marked {
  at: LatLon;
  kind: 'team' | 'alarm' | 'meeting' | 'haven';
  /** A short label beside it, with its age. */
  name: string;
}

interface Palette {
  ground: string; water: string; park: string; building: string; street: string; path: string; casing: string;
  text: string; halo: string; lamp: string; done: string; alarm: string;
}

const palettes: Record<Theme, Palette> = {
  night: { ground: '#0e1424', water: '#16284a', park: '#13291f', building: '#1b2440', street: '#3a4670', path: '#2f3a5e', casing: '#0e1424', text: '#aeb6cc', halo: '#0e1424', lamp: '#ffc247', done: '#5cc8b0', alarm: '#ff6b5e' },
  day: { ground: '#faf7f0', water: '#c9dcec', park: '#dcead2', building: '#ece6da', street: '#ffffff', path: '#e6dfd0', casing: '#cfc6b4', text: '#4a5165', halo: '#faf7f0', lamp: '#8a5a00', done: '#0b6b5a', alarm: '#b3261e' },
};

export function styled(theme: Theme): object {
  const look = palettes[theme];
  const origin = typeof location === 'undefined' ? '' : location.origin;
  const empty = { type: 'geojson', data: { type: 'FeatureCollection', features: [] } };
  const label = (size: number) => ({
    layout: { 'text-field': ['coalesce', ['get', 'name'], ''], 'text-size': size, 'text-font': ['Pretendard Variable'], 'text-max-width': 8 },
    paint: { 'text-color': look.text, 'text-halo-color': look.halo, 'text-halo-width': 1.5 },
  });
  return {
    version: 8,
    sources: {
      base: { type: 'vector', tiles: [`${origin}/tiles/{z}/{x}/{y}.mvt`], minzoom: 10, maxzoom: 16 },
      way: empty,
      marks: empty,
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': look.ground } },
      { id: 'park', type: 'fill', source: 'base', 'source-layer': 'green', paint: { 'fill-color': look.park } },
      { id: 'water', type: 'fill', source: 'base', 'source-layer': 'water', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': look.water } },
      { id: 'stream', type: 'line', source: 'base', 'source-layer': 'water', filter: ['==', ['geometry-type'], 'LineString'], paint: { 'line-color': look.water, 'line-width': 3 } },
      { id: 'building', type: 'fill', source: 'base', 'source-layer': 'buildings', minzoom: 14, paint: { 'fill-color': look.building } },
      { id: 'street', type: 'line', source: 'base', 'source-layer': 'streets', layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': look.street, 'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], 11, 0.6, 14, 1.8, 17, 8] } },
      { id: 'way-casing', type: 'line', source: 'way', layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': look.casing, 'line-width': 10 } },
      { id: 'way', type: 'line', source: 'way', layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': look.lamp, 'line-width': 6 } },
      { id: 'street-name', type: 'symbol', source: 'base', 'source-layer': 'streets', minzoom: 15, ...label(11), layout: { ...label(11).layout, 'symbol-placement': 'line' } },
      { id: 'station-name', type: 'symbol', source: 'base', 'source-layer': 'stations', minzoom: 12, ...label(13) },
      { id: 'mark', type: 'circle', source: 'marks', paint: {
        'circle-radius': ['match', ['get', 'kind'], 'alarm', 10, 7],
        'circle-color': ['match', ['get', 'kind'], 'alarm', look.alarm, 'team', look.done, 'haven', look.ground, look.lamp],
        'circle-stroke-color': ['match', ['get', 'kind'], 'haven', look.done, look.halo], 'circle-stroke-width': 2 } },
      { id: 'mark-name', type: 'symbol', source: 'marks', ...label(12), layout: { ...label(12).layout, 'text-offset': [0, 1.3], 'text-anchor': 'top', 'text-allow-overlap': true } },
    ],
  };
}
