/* french-log.c - the French article's function, as it is printed there */
#include <stdio.h>

void trace_message( char *fichier, char *message ) {
    FILE *file;
    file = fopen( fichier, "a" );
    if (file == NULL) { return; }
    fprintf( file, "%s : %s\n", message );
    fclose( file );
    }
