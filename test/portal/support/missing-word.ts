/** A key, which i18next shows where there is no word for it. */
export const MISSING_WORD = /\b(common|customers|fields|lists|hints|actions|what|tabs|one|row|state|problem)\.[A-Za-z]/;
