import '@shared/style/base.css'
import './ui/console.css'
import { createApp } from 'vue'
import { createLanguage } from '@shared/i18n'
import App from './App.vue'
import en from './locales/en.json'
import zh from './locales/zh.json'
import { createConsoleRouter } from './router'
import { installElement } from './ui/element'

const app = createApp(App).use(createLanguage({ 'zh-CN': zh, en })).use(createConsoleRouter())
installElement(app)
app.mount('#app')
