// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import io.github.ollamareactive.internal.demand.DrainOperator;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.BlobEvent.Uploading;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * The answer to an upload, and before it the progress: the latest only, as often as it is asked for. The upload waits for nobody,
 * and once there is an answer, progress that nobody has asked for is dropped.
 */
final class UploadProgress extends Flux<BlobEvent> {
    private final Function<Consumer<Uploading>, Flux<BlobEvent>> upload;

    /** @param upload makes the exchange of one subscription, which tells its progress to the consumer, from any thread */
    UploadProgress(Function<Consumer<Uploading>, Flux<BlobEvent>> upload) {
        this.upload = upload;
    }

    @Override
    public void subscribe(CoreSubscriber<? super BlobEvent> actual) {
        Following following = new Following(actual);
        upload.apply(following::progress).subscribe(following);
    }

    private static final class Following extends DrainOperator<BlobEvent, BlobEvent> {
        private final AtomicReference<@Nullable Uploading> latest = new AtomicReference<>();

        // Used by the draining thread only.
        private @Nullable BlobEvent answer;
        private boolean answered;

        Following(CoreSubscriber<? super BlobEvent> actual) {
            super(actual);
        }

        void progress(Uploading progress) {
            latest.set(progress);
            wake();
        }

        @Override
        protected void take(BlobEvent event) {
            answer = event;
        }

        @Override
        protected boolean step() {
            if (answered) {
                closeUpstream();
                terminate(null);
            } else if (answer == null && hasUpstreamEnded()) {
                terminate(upstreamError());
            } else if (demand() == 0) {
                return false;
            } else if (answer != null) {
                answered = true;
                emit(answer);
            } else {
                ask();
                Uploading progress = latest.getAndSet(null);
                if (progress == null) {
                    return false;
                }
                emit(progress);
            }
            return true;
        }

        @Override
        protected void release() {
            latest.set(null);
            answer = null;
        }
    }
}
