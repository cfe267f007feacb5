import { mount } from 'svelte';
import Tools from '../../kernel/Tools.svelte';
import { loadLetters } from '../../kernel/start';
import { speakOf } from '../../kernel/words';
import Citizen from './Citizen.svelte';

speakOf(import.meta.glob<string>('../../../../lang/{ko,en}/{citizen,route,escort,assign,alarm,haven}.ftl', { query: '?raw', import: 'default', eager: true }));

const tools = document.getElementById('tools');
if (tools) mount(Tools, { target: tools });
const app = document.getElementById('app');
if (app) {
  app.replaceChildren();
  mount(Citizen, { target: app });
}
loadLetters();

if ('serviceWorker' in navigator && import.meta.env.PROD) {
  addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined));
}
