// All that a page needs of evidence, in one piece: it comes when somebody adds or opens a file.

export { fromBase64, toBase64 } from '../onestop/base64';
export { ACTION } from '../seal/custody';
export { browserChance } from '../seal/chance';
export { checkFound, note, noting } from './custody';
export { custodyFile } from './export';
export { leafOf } from './entry';
export { Stopped } from './hash';
export { pieces } from './list';
export { pick } from './pick';
export { removeAll, removePiece } from './remove';
export { fetchFile, isSame, sendFile } from './send';
export { strip } from './strip/strip';
export { centersWay, hersWay } from './way';
export { closeHerList, closeList, fileReaders, listOf, listOfHers, withFiles, withoutPiece } from './write';
