import { addWords } from '../words/words';

addWords(
  'password',
  {
    title: 'Kennwort ändern',
    current: 'Bisheriges Kennwort',
    next: 'Neues Kennwort',
    nextWhat: 'Mindestens 8 Zeichen. Alle anderen Sitzungen enden.',
    again: 'Neues Kennwort wiederholen',
    change: 'Kennwort ändern',
    changed: 'Das Kennwort wurde geändert. Alle anderen Sitzungen sind beendet.',
    short: 'Mindestens 8 Zeichen',
    differs: 'Die neuen Kennwörter stimmen nicht überein.',
    wrong: 'Das bisherige Kennwort ist falsch.',
  },
  {
    title: 'Change password',
    current: 'Current password',
    next: 'New password',
    nextWhat: 'At least 8 characters. All other sessions end.',
    again: 'Repeat new password',
    change: 'Change password',
    changed: 'The password was changed. All other sessions have ended.',
    short: 'At least 8 characters',
    differs: 'The new passwords do not match.',
    wrong: 'The current password is wrong.',
  },
);
