import { computed, inject, type InjectionKey, provide, reactive, ref, type Ref } from 'vue'
import type { FieldError } from '@shared/api/error'
import { copyOf, formPath, putAt, sameForm, tidy, type Tree, valueAt } from './path'

/** The form of one record: what is typed, what it began as, and what the server refused. */
export function createForm(start: Tree = {}) {
  const base = ref<Tree>(copyOf(start)) as Ref<Tree>
  const tree = reactive<{ value: Tree }>({ value: copyOf(start) })
  const errors = reactive(new Map<string, string>())
  return {
    base,
    tree,
    errors,
    dirty: computed(() => sameForm(tree.value) !== sameForm(base.value)),
    at: (path: string): unknown => valueAt(tree.value, path),
    put: (path: string, value: unknown): void => {
      putAt(tree.value, path, value)
      for (const key of errors.keys()) if (key === path || key.startsWith(`${path}.`) || path.startsWith(`${key}.`)) errors.delete(key)
    },
    /** Begins again from a version of the record; `typed` is what stands in the form if that is another. */
    begin: (from: Tree, typed: Tree = from): void => {
      base.value = copyOf(from)
      tree.value = copyOf(typed)
      errors.clear()
    },
    /** Shows the refused fields at their places; gives back those that no field of the form shows. */
    refuse: (fields: readonly FieldError[], has: (path: string) => boolean): FieldError[] => {
      errors.clear()
      const rest: FieldError[] = []
      for (const f of fields) {
        const path = formPath(f.path)
        if (has(path)) errors.set(path, f.message)
        else rest.push(f)
      }
      return rest
    },
    /** What is sent. */
    content: (): Tree => (tidy(copyOf(tree.value)) ?? {}) as Tree,
  }
}

export type Form = ReturnType<typeof createForm>

export interface FormPlace {
  form: Form
  disabled: Ref<boolean>
  /** The organisation that keeps the record: its pictures are uploaded there. */
  org: Ref<string>
  /** The record; `new` while it is not there yet. */
  id: string
}

const key: InjectionKey<FormPlace> = Symbol('form')
export const provideForm = (place: FormPlace): void => provide(key, place)
export const useForm = (): FormPlace => inject(key)!
