"""From any document that an analyst is handed to a text whose words can be verified, or to a refusal that says what to
do. No network, no model; nothing is guessed: what a page leaves undecided stays marked as undecided."""
