// Noise by choice: two tones in turn, made on the phone.

export class Siren {
  private audio: AudioContext | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;

  start(): void {
    this.stop();
    try {
      const audio = new AudioContext();
      const voice = audio.createOscillator();
      const volume = audio.createGain();
      voice.type = 'square';
      volume.gain.value = 0.9;
      voice.connect(volume).connect(audio.destination);
      voice.start();
      let high = false;
      const turn = () => {
        high = !high;
        voice.frequency.setValueAtTime(high ? 2600 : 1900, audio.currentTime);
      };
      turn();
      this.timer = setInterval(turn, 350);
      this.audio = audio;
    } catch {
      // No sound on this device; the alarm itself does not depend on it.
    }
  }

  stop(): void {
    clearInterval(this.timer);
    void this.audio?.close().catch(() => undefined);
    this.audio = null;
  }
}
