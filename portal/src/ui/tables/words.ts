import { addWords } from '../../words/words';
import { de } from './words.de';
import { en } from './words.en';

addWords('tables', de, en);
