import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import styles from './components.module.css';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style'> {
  kind?: 'normal' | 'primary' | 'danger' | 'plain' | 'link';
}

/** A button; `primary` for the one main action of a view, `danger` for what cannot be taken back, `link` within texts and tables. */
export function Button({ kind = 'normal', ...properties }: ButtonProps) {
  const className = kind === 'normal' ? styles.button : `${styles.button} ${styles[kind]}`;
  return <AriaButton {...properties} className={className!} />;
}
