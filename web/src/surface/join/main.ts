import { mount } from 'svelte';
import { loadLetters } from '../../kernel/start';
import { speakOf } from '../../kernel/words';
import Join from './Join.svelte';

speakOf(import.meta.glob<string>('../../../../lang/{ko,en}/{join,volunteer}.ftl', { query: '?raw', import: 'default', eager: true }));
const app = document.getElementById('app');
if (app) mount(Join, { target: app });
loadLetters();
