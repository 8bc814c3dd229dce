import '@shared/style/base.css'
import { createApp } from 'vue'
import { createLanguage } from '@shared/i18n'
import App from './App.vue'
import en from './locales/en.json'
import zh from './locales/zh.json'
import { router } from './router'

createApp(App).use(createLanguage({ 'zh-CN': zh, en })).use(router).mount('#app')
