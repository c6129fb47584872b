"""One file per verb people use; the chat, REST and the command line call these."""
