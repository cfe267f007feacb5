import { mount } from 'svelte';
import { loadLetters } from '../../kernel/start';
import { speakOf } from '../../kernel/words';
import Haven from './Haven.svelte';

speakOf(import.meta.glob<string>('../../../../lang/{ko,en}/{till,haven,alarm}.ftl', { query: '?raw', import: 'default', eager: true }));
const app = document.getElementById('app');
if (app) mount(Haven, { target: app });
loadLetters();
