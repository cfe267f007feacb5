import { mount } from 'svelte';
import { loadLetters } from '../../kernel/start';
import { speakOf } from '../../kernel/words';
import Patrol from './Patrol.svelte';

speakOf(import.meta.glob<string>('../../../../lang/{ko,en}/{round,patrol,volunteer}.ftl', { query: '?raw', import: 'default', eager: true }));
const app = document.getElementById('app');
if (app) mount(Patrol, { target: app });
loadLetters();
