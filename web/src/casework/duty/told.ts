// Reading a packet again: for whoever it was told to, and for her whom it is about.

import type { PacketValue } from './packet';
import { PACKET_FIELDS, type PacketField } from './rules';

/** One field of a packet. */
export interface Told {
  field: PacketField;
  value: PacketValue;
}

/** The fields of a packet that are of its form, in order; nothing of a text that is none. */
export function fieldsOf(text: string): Told[] {
  try {
    const { fields } = JSON.parse(text) as { fields?: Record<string, unknown> };
    return PACKET_FIELDS.flatMap((field) => {
      const value = fields?.[field];
      const known = typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string'));
      return known ? [{ field, value: value as PacketValue }] : [];
    });
  } catch {
    return [];
  }
}
