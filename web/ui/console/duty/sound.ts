import { onScopeDispose, ref, type Ref, watch } from 'vue'
import { remember, remembered } from '@shared/state/storage'

/** Seconds between two soundings while somebody must answer. */
const pause = 4

/**
 * Sounds while `grave` is not 0: two tones for a severity of 1, one for others. A browser lets a page sound only after
 * somebody has touched it, so it is switched on by hand; the choice is remembered for the next visit, when the first
 * touch of the page brings it back.
 */
export function useSound(grave: Ref<number>) {
  const on = ref(false)
  let context: AudioContext | undefined
  let timer: ReturnType<typeof setInterval> | undefined

  function tone(at: number, pitch: number): void {
    if (!context) return
    const osc = context.createOscillator()
    const gain = context.createGain()
    osc.frequency.value = pitch
    gain.gain.setValueAtTime(0.0001, at)
    gain.gain.exponentialRampToValueAtTime(0.25, at + 0.02)
    gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.38)
    osc.connect(gain).connect(context.destination)
    osc.start(at)
    osc.stop(at + 0.4)
  }
  function sound(): void {
    if (!context || !on.value || grave.value === 0) return
    tone(context.currentTime, 880)
    tone(context.currentTime + 0.45, grave.value === 1 ? 1175 : 880)
  }
  async function turnOn(): Promise<void> {
    context ??= new AudioContext()
    await context.resume()
    on.value = context.state === 'running'
    remember('alarm-sound', on.value ? 'on' : undefined)
    sound()
  }
  function turnOff(): void {
    on.value = false
    remember('alarm-sound', undefined)
  }
  const again = (): void => void turnOn().catch(() => undefined)
  if (remembered('alarm-sound') === 'on') window.addEventListener('pointerdown', again, { once: true })
  watch(grave, (now, was) => {
    if (now !== 0 && was === 0) sound()
  })
  timer = setInterval(sound, pause * 1000)
  onScopeDispose(() => {
    clearInterval(timer)
    window.removeEventListener('pointerdown', again)
    void context?.close()
  })
  return { on, toggle: (): void => (on.value ? turnOff() : again()) }
}
