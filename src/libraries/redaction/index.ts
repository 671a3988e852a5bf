export { valuesIn } from './cell';
export { BETWEEN_TEXTS, compact } from './compact';
export type { Identifier, IdentifierKind } from './identifier';
export { joinedNames } from './joined-names';
export { phoneForm } from './phone';
export { REDACTED, Redactor, type TextReader } from './redactor';
export { coarse, spelledOut, withoutMarks } from './spelling';
export { WordText } from './word-text';
