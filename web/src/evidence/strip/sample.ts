// For the tests: small pictures of each form, with a place, a time and a device's name beside them,
// XMP, and something behind their end. Not one of them is shown: their pixels are noise.

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const join = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => Uint8Array.from(parts.flatMap((part) => [...part]));
const u16 = (number: number) => Uint8Array.of(number >> 8, number & 255);
const u32 = (number: number) => Uint8Array.of(number >>> 24, (number >> 16) & 255, (number >> 8) & 255, number & 255);
const little32 = (number: number) => u32(number).reverse();

const XMP = '<x:xmpmeta place="37.4842,126.9297"/>';
const BEHIND = 'behind the end';

/** TIFF with device, time, which way up, and a place. */
export function gpsTiff(device: string, orientation: number): Uint8Array<ArrayBuffer> {
  const entries = (list: readonly [tag: number, type: number, count: number, value: Uint8Array][]) =>
    join(u16(list.length), ...list.flatMap(([tag, type, count, value]) => [u16(tag), u16(type), u32(count), value]), u32(0));
  const model = bytesOf(`${device}\0`);
  const time = bytesOf('2026:11:03 22:10:00\0');
  const head = 8;
  const main = 2 + 4 * 12 + 4;
  const values = head + main;
  const gps = values + model.length + time.length;
  return join(
    bytesOf('MM'), u16(42), u32(head),
    entries([
      [0x0110, 2, model.length, u32(values)],
      [0x0112, 3, 1, join(u16(orientation), u16(0))],
      [0x0132, 2, time.length, u32(values + model.length)],
      [0x8825, 4, 1, u32(gps)],
    ]),
    model, time,
    entries([[0x0001, 2, 2, bytesOf('N\0\0\0')], [0x0003, 2, 2, bytesOf('E\0\0\0')]]),
  );
}

interface Sample {
  bytes: Uint8Array<ArrayBuffer>;
  /** Letters of the picture itself. */
  picture: string;
}

const PICTURE = 'the picture itself';

/** JPEG with so many bytes of picture. */
export function jpegWith(device: string, orientation: number, length = 64): Sample {
  const segment = (marker: number, content: Uint8Array) => join(Uint8Array.of(0xff, marker), u16(content.length + 2), content);
  const scan = new Uint8Array(length);
  scan.set(bytesOf(PICTURE));
  // 0xff in a scan: followed by zero, and a restart.
  scan.set([0xff, 0x00, 0xff, 0xd3], PICTURE.length);
  const start = join(
    Uint8Array.of(0xff, 0xd8),
    segment(0xe0, join(bytesOf('JFIF\0'), Uint8Array.of(1, 1, 0, 0, 1, 0, 1, 0, 0))),
    segment(0xe1, join(bytesOf('Exif\0\0'), gpsTiff(device, orientation))),
    segment(0xe1, bytesOf(`http://ns.adobe.com/xap/1.0/\0${XMP}`)),
    segment(0xed, bytesOf(`Photoshop 3.0\0${device}`)),
    segment(0xe2, bytesOf('ICC_PROFILE\0colors')),
    segment(0xfe, bytesOf(device)),
    segment(0xdb, new Uint8Array(65)),
    segment(0xda, new Uint8Array(10)),
  );
  const whole = new Uint8Array(start.length + scan.length + 2 + BEHIND.length + device.length);
  whole.set(start);
  whole.set(scan, start.length);
  whole.set([0xff, 0xd9], start.length + scan.length);
  whole.set(bytesOf(BEHIND + device), start.length + scan.length + 2);
  return { bytes: whole, picture: PICTURE };
}

/** PNG, its checks left zero: nobody here looks at them. */
export function pngWith(device: string, orientation: number): Sample {
  const chunk = (name: string, content: Uint8Array) => join(u32(content.length), bytesOf(name), content, u32(0));
  return {
    bytes: join(
      bytesOf('\x89PNG\r\n\x1a\n'), chunk('IHDR', new Uint8Array(13)), chunk('eXIf', gpsTiff(device, orientation)), chunk('tIME', new Uint8Array(7)), chunk('tEXt', bytesOf(`Author\0${device}`)),
      chunk('iTXt', bytesOf(`XML:com.adobe.xmp\0\0\0\0\0${XMP}`)), chunk('IDAT', bytesOf(PICTURE)), chunk('IEND', new Uint8Array()), bytesOf(BEHIND + device),
    ),
    picture: PICTURE,
  };
}

/** WebP with VP8X, EXIF and XMP. */
export function webpWith(device: string, orientation: number): Sample {
  const chunk = (name: string, content: Uint8Array) => join(bytesOf(name), little32(content.length), content, new Uint8Array(content.length % 2));
  const chunks = join(
    chunk('VP8X', Uint8Array.of(0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0)), chunk('VP8 ', bytesOf(`${PICTURE}.`)), chunk('EXIF', gpsTiff(device, orientation)),
    chunk('XMP ', bytesOf(XMP)), chunk('????', bytesOf(device)),
  );
  return { bytes: join(bytesOf('RIFF'), little32(chunks.length + 4), bytesOf('WEBP'), chunks, bytesOf(BEHIND + device)), picture: PICTURE };
}

/** HEIC: one picture, EXIF and XMP as items of their own in the same store. */
export function heicWith(device: string, orientation: number): Sample {
  const box = (name: string, content: Uint8Array) => join(u32(content.length + 8), bytesOf(name), content);
  const item = (number: number, type: string, more = '') => box('infe', join(u32(0x02000000), u16(number), u16(0), bytesOf(type), bytesOf(`\0${more}`)));
  const exif = join(u32(0), gpsTiff(device, orientation));
  const xmp = bytesOf(XMP);
  const picture = bytesOf(PICTURE);
  const metaOf = (at: number) =>
    box('meta', join(
      u32(0),
      box('iinf', join(u32(0), u16(3), item(1, 'hvc1'), item(2, 'Exif'), item(3, 'mime', 'application/rdf+xml\0'))),
      box('iloc', join(u32(0), u16(0x4400), u16(3), ...[[1, 0, picture.length], [2, picture.length, exif.length], [3, picture.length + exif.length, xmp.length]]
        .flatMap(([number, from, length]) => [u16(number ?? 0), u16(0), u16(1), u32(at + (from ?? 0)), u32(length ?? 0)]))),
    ));
  const head = box('ftyp', join(bytesOf('heic'), u32(0), bytesOf('mif1heic')));
  const store = head.length + metaOf(0).length + 8;
  return { bytes: join(head, metaOf(store), box('mdat', join(picture, exif, xmp))), picture: PICTURE };
}
