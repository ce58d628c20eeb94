import { Component, type PropsWithChildren, type ReactNode } from 'react';
import { Failure } from '../parts/Failure';

/** Keeps a page that broke from taking the whole console with it. */
export class PageErrors extends Component<PropsWithChildren, { error: unknown }> {
  override state = { error: undefined as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return (
      <Failure
        title="This page broke"
        error={this.state.error}
        retry={() => this.setState({ error: undefined })}
      />
    );
  }
}
