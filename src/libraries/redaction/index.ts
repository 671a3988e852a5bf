export { valuesIn, valuesOf } from './cell';
export { compact } from './compact';
export type { Identifier, IdentifierKind } from './identifier';
export { joinedNames } from './joined-names';
export { phoneForm } from './phone';
export { type RedactionScope, Redactor } from './redactor';
export { coarse, spelledOut, withoutMarks } from './spelling';
export { REDACTED, remembering, type TextReader, WordText } from './word-text';
