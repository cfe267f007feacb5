import { expect, test } from 'vitest';
import { savedName, shownName } from './name';

const RTL = '\u202e';

test('a name is shown as letters and nothing else', () => {
  expect(shownName('사진 1.jpg', '-')).toBe('사진 1.jpg');
  expect(shownName('../../etc/passwd', '-')).toBe('../../etc/passwd');
  expect(shownName(`photo${RTL}gpj.exe`, '-')).toBe('photo gpj.exe');
  expect(shownName('a\u0000b\u0007c\u200b.png', '-')).toBe('a b c .png');
  expect(shownName('<img src=x onerror=alert(1)>.png', '-')).toBe('<img src=x onerror=alert(1)>.png');
  expect(shownName('\ud800.png', '-')).toBe('.png');
  expect(shownName('👩‍👩‍👧.heic', '-')).toBe('👩‍👩‍👧.heic');
  for (const nothing of ['', '   ', RTL, '\u200b\ufeff']) expect(shownName(nothing, 'none')).toBe('none');
});

test('a long one is told by how it begins and how it ends', () => {
  const shown = shownName(`${'가'.repeat(300)}.jpg`, '-');
  expect([...shown].length).toBe(48);
  expect(shown.startsWith('가가') && shown.endsWith('가.jpg') && shown.includes('…')).toBe(true);
  const families = '👩‍👩‍👧'.repeat(300);
  expect(shownName(families, '-').split('…').every((part) => part.length % '👩‍👩‍👧'.length === 0), 'no letter is cut in two').toBe(true);
});

test('it is saved under no path, not hidden, and with the ending of what it is', () => {
  expect(savedName('사진 1.jpg', 'image/jpeg', 'file')).toBe('사진 1.jpg');
  expect(savedName('../../etc/passwd', 'image/png', 'file')).toBe('_.._etc_passwd.png');
  expect(savedName('.bashrc', 'application/octet-stream', 'file')).toBe('bashrc.bin');
  expect(savedName(`photo${RTL}gpj.exe`, 'image/jpeg', 'file')).toBe('photogpj.jpg');
  expect(savedName('C:\\a\\b|c.pdf', 'application/pdf', 'file')).toBe('C__a_b_c.pdf');
  expect(savedName('', 'image/webp', 'file')).toBe('file.webp');
  expect(savedName('x'.repeat(300), 'video/mp4', 'file')).toBe(`${'x'.repeat(80)}.mp4`);
  for (const name of ['..', '...', '/', '\\\\', `${RTL}/..`]) expect(savedName(name, 'image/png', 'file')).not.toMatch(/[\\/]|^\./);
});
