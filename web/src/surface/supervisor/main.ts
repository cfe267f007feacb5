import { mount } from 'svelte';
import { loadLetters } from '../../kernel/start';
import { speakOf } from '../../kernel/words';
import Supervisor from './Supervisor.svelte';

speakOf(import.meta.glob<string>('../../../../lang/{ko,en}/{supervisor,desk,escort,alarm,haven,volunteer}.ftl', { query: '?raw', import: 'default', eager: true }));
document.documentElement.classList.add('desk');
const app = document.getElementById('app');
if (app) mount(Supervisor, { target: app });
loadLetters();
