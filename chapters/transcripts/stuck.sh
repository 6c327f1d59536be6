# stuck.sh - unsafe gets SIGUSR1 just as it sends its second message
gcc -o /tmp/unsafe unsafe.c || exit
strace -e trace=sendto,futex -e inject=sendto:signal=USR1:when=2 -s 99 \
    -o '|stdbuf -o0 tr "(,:" "\n"' /tmp/unsafe |
    grep -o -w -E 'working|--- SIGUSR1|FUTEX_WAIT[A-Z_]*'
