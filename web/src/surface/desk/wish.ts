// What a key asks of the item that is open on the desk.

export type Wish = 'assign' | 'hand-over' | 'close' | { team: number } | null;
