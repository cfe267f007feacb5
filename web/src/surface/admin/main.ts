import { mount } from 'svelte';
import { loadLetters } from '../../kernel/start';
import { speakOf } from '../../kernel/words';
import Admin from './Admin.svelte';

speakOf(import.meta.glob<string>('../../../../lang/{ko,en}/seat.ftl', { query: '?raw', import: 'default', eager: true }));
const app = document.getElementById('app');
if (app) mount(Admin, { target: app });
loadLetters();
