import '@shared/style/base.css'
import { createApp } from 'vue'
import { createLanguage } from '@shared/i18n'
import App from './App.vue'

createApp(App).use(createLanguage({ 'zh-CN': {}, en: {} })).mount('#app')
