import '@shared/style/base.css'
// Vant's styles are taken file by file: its own bundles carry an icon font, and these pages load no font.
import 'vant/es/style/base.css'
import './vant.css'
import './first.css'
import { createApp } from 'vue'
import { createLanguage } from '@shared/i18n'
import App from './App.vue'
import en from './locales/en.json'
import zh from './locales/zh.json'
import { createGuideRouter } from './router'
import { registerServiceWorker } from './offline'

createApp(App).use(createLanguage({ 'zh-CN': zh, en })).use(createGuideRouter()).mount('#app')
registerServiceWorker()
