// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.response;

import java.util.ArrayList;
import java.util.List;

/** Applies one edit to the pieces of one body, which are given to it in order. */
final class BodyEditor {

    private final BodyEdit edit;
    /** Lines or bytes still to pass before the edit's position. */
    private long remaining;

    private boolean edited;

    BodyEditor(BodyEdit edit) {
        this.edit = edit;
        this.remaining = edit.position();
    }

    static List<BodyPiece> apply(BodyEdit edit, List<BodyPiece> pieces) {
        BodyEditor editor = new BodyEditor(edit);
        List<BodyPiece> result = new ArrayList<>();
        pieces.forEach(piece -> result.addAll(editor.next(piece)));
        result.addAll(editor.end());
        return result;
    }

    boolean stopped() {
        return edited && edit.stop() != null;
    }

    List<BodyPiece> next(BodyPiece piece) {
        if (stopped()) {
            return List.of();
        }
        int at = edited ? -1 : positionIn(piece);
        return at < 0 ? List.of(piece) : split(piece, at);
    }

    /** Applies the edit at the end of a body that is shorter than its position. */
    List<BodyPiece> end() {
        if (edited) {
            return List.of();
        }
        edited = true;
        return inserted();
    }

    /** The edit's position within a piece; -1 when it is after the piece. */
    private int positionIn(BodyPiece piece) {
        if (remaining == 0) {
            return 0;
        }
        if (edit.unit() == BodyEdit.Unit.BYTES) {
            int at = remaining <= piece.size() ? (int) remaining : -1;
            remaining -= piece.size();
            return at;
        }
        byte[] bytes = piece.bytes().array();
        for (int i = piece.from(); i < piece.to(); i++) {
            if (bytes[i] == '\n' && --remaining == 0) {
                return i + 1 - piece.from();
            }
        }
        return -1;
    }

    private List<BodyPiece> split(BodyPiece piece, int at) {
        edited = true;
        ResponseEnd.Kind stop = edit.stop();
        List<BodyPiece> result = new ArrayList<>();
        if (at > 0) {
            // After an abrupt stop the client must see that the chunk is incomplete.
            result.add(stop == null || stop.completes() ? piece.first(at) : piece.truncatedTo(at));
        }
        result.addAll(inserted());
        if (stop == null && at < piece.size()) {
            result.add(at == 0 ? piece : piece.without(at));
        }
        return result;
    }

    private List<BodyPiece> inserted() {
        boolean nothing = edit.insert().size() == 0 && edit.pause().isZero();
        return nothing ? List.of() : List.of(BodyPiece.of(edit.insert()).afterPause(edit.pause()));
    }
}
