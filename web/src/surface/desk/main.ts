import { mount } from 'svelte';
import { loadLetters } from '../../kernel/start';
import { speakOf } from '../../kernel/words';
import Desk from './Desk.svelte';

speakOf(import.meta.glob<string>('../../../../lang/{ko,en}/{desk,escort,alarm,haven,volunteer,patrol}.ftl', { query: '?raw', import: 'default', eager: true }));
document.documentElement.classList.add('desk');
const app = document.getElementById('app');
if (app) mount(Desk, { target: app });
loadLetters();
