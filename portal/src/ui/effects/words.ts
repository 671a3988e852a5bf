import type { Treatment } from '../../api/codes';
import { addWords } from '../../words/words';
import { de } from './words.de';
import { en } from './words.en';

/** A sentence about one record, and one about several. */
type Sentences = Record<`${Treatment}_${'one' | 'other'}`, string>;

addWords('effects', de satisfies Record<'will' | 'done', Sentences>, en);
