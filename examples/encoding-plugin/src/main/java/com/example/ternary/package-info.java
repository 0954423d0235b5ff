/** An encoding for Cria: three levels, two bits each. */
package com.example.ternary;
