// A hold of one second, by finger, mouse or key. A short tap only explains itself.

export const HOLD_MILLIS = 1000;
/** Two activations by a screen reader within this time count as a hold. */
const TWICE_WITHIN_MILLIS = 5000;

export interface Holding {
  onFire: () => void;
  /** Let go too early: say how it works. */
  onShort: () => void;
}

/** Makes a button fire only when held. Returns what undoes it. */
export function hold(button: HTMLElement, to: Holding): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let touched = false;
  let assisted = 0;

  const start = () => {
    if (timer !== undefined) return;
    button.dataset['holding'] = '';
    navigator.vibrate?.(30);
    timer = setTimeout(() => {
      timer = undefined;
      delete button.dataset['holding'];
      navigator.vibrate?.([60, 60, 120]);
      to.onFire();
    }, HOLD_MILLIS);
  };
  const stop = (explain: boolean) => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    delete button.dataset['holding'];
    if (explain) to.onShort();
  };

  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    touched = true;
    // A finger that slides a little must not let go.
    button.setPointerCapture?.(event.pointerId);
    start();
  };
  const up = () => stop(true);
  const keyDown = (event: KeyboardEvent) => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    touched = true;
    if (!event.repeat) start();
  };
  const keyUp = (event: KeyboardEvent) => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    stop(true);
  };
  const click = (event: MouseEvent) => {
    // Screen readers and switch control cannot hold: they click without touching or typing.
    if (touched) {
      touched = false;
      return;
    }
    if (event.detail !== 0) return;
    if (event.timeStamp - assisted < TWICE_WITHIN_MILLIS && assisted > 0) {
      assisted = 0;
      to.onFire();
    } else {
      assisted = event.timeStamp;
      to.onShort();
    }
  };
  const quiet = (event: Event) => event.preventDefault();
  const lost = () => stop(false);

  button.addEventListener('pointerdown', down);
  button.addEventListener('pointerup', up);
  button.addEventListener('pointercancel', lost);
  button.addEventListener('keydown', keyDown);
  button.addEventListener('keyup', keyUp);
  button.addEventListener('click', click);
  button.addEventListener('contextmenu', quiet);
  button.addEventListener('blur', lost);
  return () => {
    stop(false);
    button.removeEventListener('pointerdown', down);
    button.removeEventListener('pointerup', up);
    button.removeEventListener('pointercancel', lost);
    button.removeEventListener('keydown', keyDown);
    button.removeEventListener('keyup', keyUp);
    button.removeEventListener('click', click);
    button.removeEventListener('contextmenu', quiet);
    button.removeEventListener('blur', lost);
  };
}
