export { AnswerCounts, answering, type Execute } from './answers.ts';
export { TextData } from './data.ts';
export { Decline, type Selection, type Way } from './selection.ts';
