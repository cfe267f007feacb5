// The base map's look, night and day, over the tiles Waylight cuts itself. No glyphs are fetched:
// labels are drawn with the letters of the page.

import type { Tongue } from '../kernel/lang.svelte';
import type { Theme } from '../kernel/theme.svelte';
import type { LatLon } from '../wire';

/** The image of an alarm on the map. A filled octagon, as everywhere: never a color alone. */
export const OCTAGON = 'octagon';

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

export function styled(theme: Theme, tongue: Tongue): object {
  const look = palettes[theme];
  const origin = typeof location === 'undefined' ? '' : location.origin;
  const empty = { type: 'geojson', data: { type: 'FeatureCollection', features: [] } };
  const label = (size: number) => ({
    layout: { 'text-field': tongue === 'en' ? ['coalesce', ['get', 'name_en'], ['get', 'name'], ''] : ['coalesce', ['get', 'name'], ''], 'text-size': size, 'text-font': ['Pretendard Variable'], 'text-max-width': 8 },
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
      { id: 'station', type: 'circle', source: 'base', 'source-layer': 'stations', minzoom: 12, paint: { 'circle-radius': 3, 'circle-color': look.text, 'circle-stroke-color': look.halo, 'circle-stroke-width': 1 } },
      // Beside its dot, so that the end of a way or a team standing there does not cover the name.
      { id: 'station-name', type: 'symbol', source: 'base', 'source-layer': 'stations', minzoom: 12, ...label(13), layout: { ...label(13).layout, 'text-variable-anchor': ['top', 'bottom', 'left', 'right'], 'text-radial-offset': 0.8 } },
      { id: 'mark', type: 'circle', source: 'marks', filter: ['!=', ['get', 'kind'], 'alarm'], paint: {
        'circle-radius': 7,
        'circle-color': ['match', ['get', 'kind'], 'team', look.done, 'haven', look.ground, look.lamp],
        'circle-stroke-color': ['match', ['get', 'kind'], 'haven', look.done, look.halo], 'circle-stroke-width': 2 } },
      // Names that would lie on one another are left out: the list beside the map has them all.
      { id: 'mark-name', type: 'symbol', source: 'marks', filter: ['!=', ['get', 'kind'], 'alarm'], ...label(12), layout: { ...label(12).layout, 'text-variable-anchor': ['top', 'bottom', 'left', 'right'], 'text-radial-offset': 1 } },
      { id: 'alarm', type: 'symbol', source: 'marks', filter: ['==', ['get', 'kind'], 'alarm'],
        layout: { ...label(13).layout, 'icon-image': OCTAGON, 'icon-allow-overlap': true, 'text-allow-overlap': true, 'text-anchor': 'top', 'text-offset': [0, 1.2] },
        paint: { ...label(13).paint, 'text-color': look.alarm, 'icon-color': look.alarm, 'icon-halo-color': look.halo, 'icon-halo-width': 1 } },
    ],
  };
}

/** Marks of one kind within some ten metres of one another, as one mark that names them all. */
export function grouped(marks: Marked[]): Marked[] {
  const places = new Map<string, Marked[]>();
  for (const mark of marks) {
    const place = `${mark.kind} ${mark.at.lat.toFixed(4)} ${mark.at.lon.toFixed(4)}`;
    places.set(place, [...(places.get(place) ?? []), mark]);
  }
  return [...places.values()].flatMap((here) => {
    const [first, ...others] = here;
    if (!first) return [];
    return others.length === 0 ? [first] : [{ ...first, name: here.map((one) => one.name.split(' · ')[0]).join(', ') }];
  });
}

/** A filled octagon, white: the style gives it its color. */
export function octagon(size: number): ImageData | null {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  const middle = size / 2;
  pen.beginPath();
  for (let corner = 0; corner < 8; corner += 1) {
    const angle = Math.PI / 8 + (corner * Math.PI) / 4;
    pen.lineTo(middle + Math.cos(angle) * middle, middle + Math.sin(angle) * middle);
  }
  pen.closePath();
  pen.fillStyle = '#fff';
  pen.fill();
  return pen.getImageData(0, 0, size, size);
}
