// Plates of Korean cars.

import { Refusal } from '../refusal';
import { compact } from './text';

/** What older and commercial plates begin with: it is part of the number. */
const REGION = '서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주';
const PLATE = new RegExp(`^(?:(?:${REGION})[0-9]{1,3}|[0-9]{2,3})[가-힣][0-9]{4}$`);

/** The canonical text of a plate. */
export function plate(text: string): string {
  const written = compact(text, '-');
  if (!PLATE.test(written)) throw new Refusal('not_a_plate');
  return `plate:kr:${written}`;
}
