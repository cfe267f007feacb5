// A size as people say it.

import { language } from '../../../kernel/lang.svelte';

const STEPS = [
  { unit: 'byte', of: 1 },
  { unit: 'kilobyte', of: 1_000 },
  { unit: 'megabyte', of: 1_000_000 },
] as const;

/** `3.4 MB`, in the language of the page. */
export function sizeOf(bytes: number): string {
  const step = STEPS.findLast(({ of }) => bytes >= of) ?? STEPS[0];
  return new Intl.NumberFormat(language(), { style: 'unit', unit: step.unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(bytes / step.of);
}
