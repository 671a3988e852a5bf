/** A key, which i18next shows when there is no translation. */
export const MISSING_WORD = /\b(common|customers|fields|lists|hints|actions|what|tabs|one|row|state|problem)\.[A-Za-z]/;
