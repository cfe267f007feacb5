// Whether a time that somebody signed can be the time it says. Nothing of the seal is needed for it.

const HOUR_MILLIS = 3_600_000;
/** A report that a bad network held up is sent again within so many hours of having been closed. */
const HELD_UP_HOURS = 24;

/**
 * Whether the time a consent gives fits the hour it came in. It is the city's hour, which her page asks
 * for; another means a page that did not ask, or somebody who would like a consent older or newer.
 */
export function timeFits(givenAt: number, receivedAt: number): boolean {
  return givenAt >= receivedAt - HELD_UP_HOURS * HOUR_MILLIS && givenAt < receivedAt + HOUR_MILLIS;
}
