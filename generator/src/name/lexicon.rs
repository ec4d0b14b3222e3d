//! Words of English by which ids of operations are understood.

/// Whether a word stands in a list.
pub(super) fn has(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

/// Words that say what the next is to what came before.
pub(super) const PREPOSITIONS: &str = "
    and at by for from in into of on or per to via with
";

/// Words between a verb and what it is done to.
pub(super) const BETWEEN: &str = "
    a active all an and batch bulk current existing many multiple or paginated several single
    the
";

/// What ids of operations begin with.
pub(super) const VERBS: &str = "
    abandon abort accept acknowledge activate add adjust aggregate allocate analyze answer apply
    approve archive assign attach authorize batch begin bind block bulk calculate cancel capture
    change charge check claim clear clone close commit compare complete compose compute
    configure confirm connect convert copy count create deactivate decline delete demote deny
    deploy describe detach disable disconnect discover dismiss dispatch download drop duplicate
    edit emit enable end enroll ensure escalate estimate evaluate execute exists expire explain
    export extend fetch filter find finish flag flush follow force forward freeze generate get
    grant hangup has head ignore import initiate insert install invalidate invite invoke is
    issue join kill launch leave link list load lock lookup mark match merge migrate modify
    monitor move mute normalize notify obtain open optimize order override parse patch pause
    perform pin ping poll post predict prepare preview print process profile promote provision
    publish pull purge push put query reactivate read reassign rebuild receive reconcile recover
    redeem redeliver refresh register reindex reject release remap remind remove rename render
    reopen reorder repair replace replay reply report request rerun reset resolve restart
    restore resume retrieve retry revoke rollback rotate run save scan schedule search select
    send set share show sign simulate skip start stop submit subscribe suspend swap sync tag
    terminate test toggle touch track transfer translate trigger unarchive unassign unblock undo
    unfollow uninstall unlink unlock unmute unpin unsubscribe update upgrade upload upsert use
    validate verify view void wait watch write
";
