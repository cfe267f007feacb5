// The alarm's tone: three rising notes every three seconds, as long as an alarm waits. Browsers
// allow sound only after somebody touched the page; until then the desk says so.

export class Tone {
  private audio: AudioContext | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;

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

  sound(on: boolean): void {
    if (!on) {
      clearInterval(this.timer);
      this.timer = undefined;
      return;
    }
    if (this.timer !== undefined) return;
    this.once();
    this.timer = setInterval(() => this.once(), 3000);
  }

  private once(): void {
    const audio = this.audio;
    if (!audio || audio.state !== 'running') return;
    [740, 932, 1175].forEach((pitch, index) => {
      const voice = audio.createOscillator();
      const volume = audio.createGain();
      const start = audio.currentTime + index * 0.18;
      voice.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(0.25, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.16);
      voice.connect(volume).connect(audio.destination);
      voice.start(start);
      voice.stop(start + 0.18);
    });
  }
}
