import { addWords } from '../words/words';

addWords(
  'password',
  {
    title: 'Kennwort ändern',
    current: 'Bisheriges Kennwort',
    next: 'Neues Kennwort',
    nextWhat: 'Mindestens 8 Zeichen. Alle anderen Sitzungen enden.',
    again: 'Neues Kennwort noch einmal',
    change: 'Kennwort ändern',
    changed: 'Das Kennwort ist geändert. Alle anderen Sitzungen sind beendet.',
    short: 'Mindestens 8 Zeichen',
    differs: 'Die beiden neuen Kennwörter sind verschieden.',
    wrong: 'Das ist nicht das bisherige Kennwort.',
  },
  {
    title: 'Change password',
    current: 'Current password',
    next: 'New password',
    nextWhat: 'At least 8 characters. All other sessions end.',
    again: 'New password again',
    change: 'Change password',
    changed: 'The password is changed. All other sessions have ended.',
    short: 'At least 8 characters',
    differs: 'The two new passwords differ.',
    wrong: 'This is not the current password.',
  },
);
