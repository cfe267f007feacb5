// A file leaves the page: the browser's own way of saving, under a name that is no path.

const KEPT_MILLIS = 60_000;

/** Offers a blob for saving. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // A browser that asks where to save it reads it later.
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MILLIS);
}
