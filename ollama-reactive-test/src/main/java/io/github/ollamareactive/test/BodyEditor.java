// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.ArrayList;
import java.util.List;

/** Walks over the pieces of one body and edits it at the edit's place. */
final class BodyEditor {

    private final BodyEdit edit;
    private long missing;
    private boolean edited;

    BodyEditor(BodyEdit edit) {
        this.edit = edit;
        this.missing = edit.count();
    }

    static List<BodyPiece> of(List<BodyPiece> pieces, BodyEdit edit) {
        BodyEditor splice = new BodyEditor(edit);
        List<BodyPiece> result = new ArrayList<>();
        pieces.forEach(piece -> result.addAll(splice.next(piece)));
        result.addAll(splice.end());
        return result;
    }

    boolean stopped() {
        return edited && edit.stop() != null;
    }

    List<BodyPiece> next(BodyPiece piece) {
        if (stopped()) {
            return List.of();
        }
        int at = edited ? -1 : placeIn(piece);
        return at < 0 ? List.of(piece) : split(piece, at);
    }

    /** A body shorter than the place is edited at its end: a fault that was asked for happens. */
    List<BodyPiece> end() {
        if (edited) {
            return List.of();
        }
        edited = true;
        return inserted();
    }

    private int placeIn(BodyPiece piece) {
        if (missing == 0) {
            return 0;
        }
        if (edit.place() == BodyEdit.Place.BYTES) {
            int at = missing <= piece.size() ? (int) missing : -1;
            missing -= piece.size();
            return at;
        }
        byte[] bytes = piece.bytes().array();
        for (int i = piece.from(); i < piece.to(); i++) {
            if (bytes[i] == '\n' && --missing == 0) {
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
            // Stopped in the middle, a chunk has promised more than comes.
            result.add(stop == null || stop.completes() ? piece.firstAsWhole(at) : piece.first(at));
        }
        result.addAll(inserted());
        if (stop == null && at < piece.size()) {
            result.add(at == 0 ? piece : piece.rest(at));
        }
        return result;
    }

    private List<BodyPiece> inserted() {
        boolean nothing = edit.insert().size() == 0 && edit.pause().isZero();
        return nothing ? List.of() : List.of(BodyPiece.of(edit.insert()).after(edit.pause()));
    }
}
