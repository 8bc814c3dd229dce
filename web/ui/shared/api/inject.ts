import type { InjectionKey } from 'vue'
import type { Client } from './client'

/** The client that an app provides to its components, those of shared/ among them. */
export const apiKey: InjectionKey<Client> = Symbol('api')
