// What sounds at a desk: one tone for each priority, the worst alone, again and again as long as
// something waits. Browsers allow sound only after somebody touched the page; until then the
// desk says so.

import { SOUNDS, type Priority } from './priority';

type Sounding = keyof typeof SOUNDS;

export class Tone {
  private audio: AudioContext | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
  private playing: Sounding | null = null;

  /** Whether sound is allowed. */
  get ready(): boolean {
    return this.audio?.state === 'running';
  }

  /** To be called from a key or a click. */
  async wake(): Promise<void> {
    try {
      this.audio ??= new AudioContext();
      if (this.audio.state === 'suspended') await this.audio.resume();
    } catch {
      this.audio = null;
    }
  }

  /** Sounds for this priority until told otherwise; the same one goes on in its rhythm. */
  sound(priority: Priority | null): void {
    const wanted = priority === 'calm' ? null : priority;
    if (wanted === this.playing) return;
    clearInterval(this.timer);
    this.playing = wanted;
    if (!wanted) return;
    this.once(wanted);
    this.timer = setInterval(() => this.once(wanted), SOUNDS[wanted].every_ms);
  }

  private once(priority: Sounding): void {
    const audio = this.audio;
    if (!audio || audio.state !== 'running') return;
    const { notes, note_ms } = SOUNDS[priority];
    const length = note_ms / 1000;
    notes.forEach((pitch, index) => {
      const voice = audio.createOscillator();
      const volume = audio.createGain();
      const start = audio.currentTime + index * length;
      voice.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(0.25, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + length - 0.02);
      voice.connect(volume).connect(audio.destination);
      voice.start(start);
      voice.stop(start + length);
    });
  }
}
