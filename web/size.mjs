// What a phone loads before the citizen's page is usable: the page with its inline parts, its
// scripts and styles, compressed. Prints it and fails above the limit. The map and the typeface
// come later and are listed apart.

import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT = 150 * 1024;
const dist = resolve(process.argv[2] ?? 'dist');
const packed = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;

const page = readFileSync(join(dist, 'index.html'), 'utf8');
const files = new Set([...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((found) => found[1]));
// Static imports of those scripts, and theirs.
for (const file of files) {
  if (!file.endsWith('.js')) continue;
  for (const [, next] of readFileSync(join(dist, file), 'utf8').matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) files.add(`assets/${next}`);
}
let whole = packed('index.html');
console.log(`${String(whole).padStart(8)}  index.html`);
for (const file of files) {
  const size = packed(file);
  whole += size;
  console.log(`${String(size).padStart(8)}  ${file}`);
}
const later = readdirSync(join(dist, 'assets')).filter((file) => /^(maplibre|Map-|letters)/.test(file) && !file.endsWith('.gz'));
for (const file of later) console.log(`${String(packed(`assets/${file}`)).padStart(8)}  (later) assets/${file}`);
console.log(`${(whole / 1024).toFixed(1)} KB before the map, limit ${LIMIT / 1024} KB`);
if (files.size < 2 || whole > LIMIT) process.exit(1);
